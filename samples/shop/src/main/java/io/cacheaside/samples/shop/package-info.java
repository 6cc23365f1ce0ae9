/**
 * A shop whose product pages come out of the cache. Entry point: {@link io.cacheaside.samples.shop.Catalog}, which is
 * all that a shop has to annotate; the rest is database, web and figures.
 */
@NullMarked
package io.cacheaside.samples.shop;

import org.jspecify.annotations.NullMarked;
