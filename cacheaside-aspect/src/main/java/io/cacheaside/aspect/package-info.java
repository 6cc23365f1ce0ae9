/**
 * What happens around an annotated method, the same whether it was woven or proxied. Entry point:
 * {@link io.cacheaside.aspect.CacheAsideAdvice}.
 */
@NullMarked
package io.cacheaside.aspect;

import org.jspecify.annotations.NullMarked;
