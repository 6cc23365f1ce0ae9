/**
 * How results of annotated methods and stored values become each other. Entry point:
 * {@link io.cacheaside.aspect.adapt.ResultAdapter}. Types are resolved against the class whose objects are called, so
 * that a method of a generic base class stores what its subclass makes of it.
 */
@NullMarked
package io.cacheaside.aspect.adapt;

import org.jspecify.annotations.NullMarked;
