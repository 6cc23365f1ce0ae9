/** The service that only writes: prices, and that their pages are old. Entry point: {@code PricesApplication}. */
@NullMarked
package io.cacheaside.samples.prices;

import org.jspecify.annotations.NullMarked;
