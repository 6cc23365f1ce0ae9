package io.cacheaside.codec;

import java.util.Set;

/**
 * What a declared type can hold.
 *
 * @param root the raw declared type, boxed
 * @param classes classes of the application, enums and object arrays; JDK value and collection classes are always known
 * @param fingerprint hash over all names and types, the same on every JVM
 */
record Schema(Class<?> root, Set<Class<?>> classes, long fingerprint) {}
