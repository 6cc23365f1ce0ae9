package io.cacheaside.aspect.plan;

import static io.cacheaside.annotation.Invalidate.OnUnconfirmed.THROW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.annotation.Each;
import io.cacheaside.annotation.Invalidate;
import io.cacheaside.annotation.WriteThrough;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.error.OutboxException;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an invalidation in the background does not go with. */
class BackgroundMistakesTest extends Mistakes {

    private static final String STRICT = "strict keeps old values out from before the commit on, and a removal in the"
            + " background leaves them to readers until it is done: leave one of them out";
    private static final String SETTLE = "settle is counted from the end of the write, and the removal that begins it"
            + " comes some time later: leave one of them out";
    private static final String DURABLE =
            "what waits in the background is in the memory of this process, and durable (of"
                    + " the annotation or of the cache's configuration) asks that it survives it: set one of them to false";
    private static final String THROWING =
            "onUnconfirmed = THROW tells the writer what Redis did not acknowledge, and that"
                    + " is known only when the writer has gone on: leave one of them out";

    static class Contradictions {

        @Invalidate(key = "a:#id", async = true, strict = true)
        void strict(long id) {}

        @Invalidate(key = "b:#id", async = true, settle = "2s")
        void settle(long id) {}

        @Invalidate(key = "c:#id", async = true, durable = true)
        void durable(long id) {}

        @Invalidate(key = "d:#id", async = true, onUnconfirmed = THROW)
        void throwing(long id) {}

        @Invalidate(key = "e:#result.id", async = true, strict = true, durable = true)
        Product several(@Each("id") Collection<Long> ids) {
            return null;
        }
    }

    @Test
    void contradictions_areEachRefusedWithTheReason() {
        assertThat(mistakes(Contradictions.class))
                .containsExactlyInAnyOrder(
                        where(Contradictions.class, "strict(long) @Invalidate async: ") + STRICT,
                        where(Contradictions.class, "settle(long) @Invalidate async: ") + SETTLE,
                        where(Contradictions.class, "durable(long) @Invalidate async: ") + DURABLE,
                        where(Contradictions.class, "throwing(long) @Invalidate async: ") + THROWING,
                        where(Contradictions.class, "several(Collection) @Invalidate async: ") + STRICT,
                        where(Contradictions.class, "several(Collection) @Invalidate async: ") + DURABLE,
                        where(Contradictions.class, "several(Collection) @Each: ")
                                + "no key and no tag names #id, so no element is invalidated");
    }

    static class Through {

        @WriteThrough(key = "product:#p.id", ttl = "5m")
        @Invalidate(key = "product:#p.id", async = true)
        Product save(Product p) {
            return p;
        }
    }

    @Test
    void keyThatIsWrittenThroughToo_isRefused() {
        assertThat(mistakes(Through.class))
                .containsExactly(where(Through.class, "save(Product) @WriteThrough key: ")
                        + "@Invalidate of the same key removes what is stored: leave one of them out");
    }

    static class Plain {

        @Invalidate(key = "feed:#follower", async = true)
        void publish(@Each("follower") Collection<Long> followers) {}
    }

    @Test
    void durableCache_isRefused_byTheAnnotationAndByTheClient() {
        try (CacheAsideClient durable = Clients.durable("feed")) {
            assertThat(mistakes(durable, Plain.class))
                    .containsExactly(where(Plain.class, "publish(Collection) @Invalidate async: ") + DURABLE);
            assertThatThrownBy(() -> durable.invalidateLater("feed", List.of("shop:feed:1")))
                    .isInstanceOf(OutboxException.class)
                    .hasMessageStartingWith("Cache 'feed' is configured to be durable");
        }
        assertThat(mistakes(Plain.class)).isEmpty();
    }
}
