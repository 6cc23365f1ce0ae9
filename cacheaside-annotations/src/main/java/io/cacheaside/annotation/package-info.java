/**
 * What a domain class imports: {@link io.cacheaside.annotation.CacheAside} on reads and
 * {@link io.cacheaside.annotation.Invalidate} on writes. Depends on the JDK only.
 */
package io.cacheaside.annotation;
