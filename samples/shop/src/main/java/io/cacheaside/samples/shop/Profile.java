package io.cacheaside.samples.shop;

/** What the shop knows of a customer. */
public record Profile(int id, String name, String language) {}
