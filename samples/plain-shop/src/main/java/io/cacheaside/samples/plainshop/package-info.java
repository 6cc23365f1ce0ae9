/**
 * A shop without Spring. {@link io.cacheaside.samples.plainshop.Catalog} has the annotations, the weaver puts the cache
 * into its class file, and {@link io.cacheaside.samples.plainshop.ShopCache} binds it to a Redis. Entry point: {@link
 * io.cacheaside.samples.plainshop.PlainShop}.
 */
@NullMarked
package io.cacheaside.samples.plainshop;

import org.jspecify.annotations.NullMarked;
