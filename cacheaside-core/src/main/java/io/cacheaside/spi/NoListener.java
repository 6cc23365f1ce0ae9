package io.cacheaside.spi;

/** See {@link CacheListener#none()}. */
enum NoListener implements CacheListener {
    INSTANCE
}
