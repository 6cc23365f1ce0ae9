/**
 * The Spring AOP skin, for beans that were not woven. Entry point:
 * {@link io.cacheaside.aspect.spring.EnableCacheAside}.
 */
@NullMarked
package io.cacheaside.aspect.spring;

import org.jspecify.annotations.NullMarked;
