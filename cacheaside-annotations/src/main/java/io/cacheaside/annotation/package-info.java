/**
 * What a domain class imports: {@link io.cacheaside.annotation.CacheAside} on reads,
 * {@link io.cacheaside.annotation.Invalidate} or {@link io.cacheaside.annotation.WriteThrough} on writes. Depends on the JDK only.
 */
package io.cacheaside.annotation;
