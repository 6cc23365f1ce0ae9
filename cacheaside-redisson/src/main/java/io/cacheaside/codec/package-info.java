/**
 * Values to bytes and back, on Kryo, for exactly the classes that a declared type can hold. Entry point:
 * {@link io.cacheaside.codec.KryoCodec}. A type is walked once into a schema (its classes and its fingerprint); the
 * schema becomes a registry of serializers that all pooled sessions of the type share.
 */
@NullMarked
package io.cacheaside.codec;

import org.jspecify.annotations.NullMarked;
