package io.cacheaside.samples.clientonly;

/** A customer as the other system has it. */
public record Customer(long id, String name) {}
