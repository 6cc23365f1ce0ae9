package io.cacheaside.samples.pages;

import java.math.BigDecimal;

/** What a customer sees of a product. */
public record Page(long id, String name, BigDecimal price) {}
