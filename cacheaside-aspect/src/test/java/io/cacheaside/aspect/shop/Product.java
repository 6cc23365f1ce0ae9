package io.cacheaside.aspect.shop;

import java.io.Serializable;

/** A thing on sale. */
public record Product(long id, String name, int price) implements Serializable {}
