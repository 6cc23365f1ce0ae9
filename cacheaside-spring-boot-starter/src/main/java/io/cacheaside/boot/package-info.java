/**
 * Auto-configuration for Spring Boot 3.5 and 4: properties, a client on Redis, the advice on beans. Entry point:
 * {@link io.cacheaside.boot.CacheAsideAutoConfiguration}.
 */
@NullMarked
package io.cacheaside.boot;

import org.jspecify.annotations.NullMarked;
