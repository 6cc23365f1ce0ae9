package io.cacheaside.unknown;

/** Stands on no floor. */
final class CanaryWithoutFloor {}
