/**
 * The shared tier on Redis: values, and leases that are Redisson locks, moved by six Lua scripts. Entry point:
 * {@link io.cacheaside.redisson.RedissonSlots}, on any Redisson client or one of
 * {@link io.cacheaside.redisson.RedissonClients}.
 */
@NullMarked
package io.cacheaside.redisson;

import org.jspecify.annotations.NullMarked;
