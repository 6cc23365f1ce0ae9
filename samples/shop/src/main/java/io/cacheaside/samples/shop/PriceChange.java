package io.cacheaside.samples.shop;

import java.math.BigDecimal;

/** A price that holds from now on; no page with a lower {@code version} may be shown any more. */
public record PriceChange(int id, BigDecimal price, int version) {}
