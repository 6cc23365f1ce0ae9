package io.cacheaside.samples.shop;

/** What a maker of things has to tell. */
public record Post(int maker, String text) {}
