package io.cacheaside.spi;

import java.util.concurrent.CompletableFuture;

/** Stands in the store when a cache was warmed, and is gone when the store was emptied. No method blocks. */
public interface WarmMark {

    /** Puts the mark, which others of the namespace find, too. */
    CompletableFuture<Void> set();

    /** True where the mark is there; it then lives on for at least a day. */
    CompletableFuture<Boolean> isSet();
}
