package io.cacheaside.samples.plainshop;

import java.math.BigDecimal;

/** A thing to buy. */
public record Product(int id, String name, BigDecimal price) {}
