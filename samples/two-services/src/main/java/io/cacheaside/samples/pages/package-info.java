/** The service that reads: pages of products from the cache. Entry point: {@code PagesApplication}. */
@NullMarked
package io.cacheaside.samples.pages;

import org.jspecify.annotations.NullMarked;
