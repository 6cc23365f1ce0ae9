package io.cacheaside.samples.shop;

import java.time.Instant;

/** A customer's visit, from signing in to signing out. */
public record Session(String token, int customer, Instant begun) {}
