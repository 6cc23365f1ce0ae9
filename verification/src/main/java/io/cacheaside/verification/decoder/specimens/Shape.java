package io.cacheaside.verification.decoder.specimens;

/** A closed family. */
public sealed interface Shape {

    /** One of it. */
    record Circle(double radius) implements Shape {}

    /** The other. */
    record Square(double side) implements Shape {}
}
