package io.cacheaside.annotation;

import org.jspecify.annotations.NullMarked;

/** Depends on more than the JDK. */
@NullMarked
final class CanaryAnnotation {}
