/** The shop on a real Redis and H2. Start with {@link io.cacheaside.samples.shop.ProductPageTest}. */
@NullMarked
package io.cacheaside.samples.shop;

import org.jspecify.annotations.NullMarked;
