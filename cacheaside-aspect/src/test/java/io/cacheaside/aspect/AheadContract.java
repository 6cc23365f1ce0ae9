package io.cacheaside.aspect;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.aspect.shop.Ahead;
import io.cacheaside.aspect.shop.Draft;
import io.cacheaside.aspect.shop.Events;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Methods that run once more in the background, the same for every way to advise the one service. */
abstract class AheadContract {

    protected static final String BACKGROUND = "cacheaside-refresh-";

    protected final Rows rows = new Rows();
    protected final Events events = new Events();
    protected Ahead shop;

    /** The service on {@link #rows}, advised, its client telling {@link #events}. */
    protected abstract Ahead service();

    @BeforeEach
    void start() {
        shop = service();
        rows.put(new Product(1, "lamp", 10));
        rows.put(new Product(2, "desk", 20));
    }

    private static void awaitBackground(Supplier<@Nullable Product> read) {
        await("a value from the background", () -> {
            Product product = read.get();
            return product != null && product.name().startsWith(BACKGROUND);
        });
    }

    @Test
    void hit_isLoadedAgainOnAnotherThread() {
        assertThat(shop.find(1)).isEqualTo(new Product(1, Thread.currentThread().getName(), 10));
        rows.put(new Product(1, "lamp", 11));
        awaitBackground(() -> shop.find(1));
        assertThat(shop.find(1).price()).isEqualTo(11);
    }

    @Test
    void optional_isLoadedAgainOnAnotherThread() {
        assertThat(shop.lookUp(1)).isPresent();
        awaitBackground(() -> shop.lookUp(1).orElse(null));
    }

    @Test
    void earlyExpiration_isLoadedAgainOnAnotherThread() {
        assertThat(shop.likely(1)).isNotNull();
        awaitBackground(() -> shop.likely(1));
    }

    @Test
    void resultThatMayNotBeStoredAnyMore_removesTheOldOne() {
        shop.unlessDear(1);
        rows.put(new Product(1, "lamp", 101));
        await("the old value is gone", () -> {
            Product product = shop.unlessDear(1);
            return product != null && product.price() == 101;
        });
    }

    @Test
    void argumentsThatTheCallerChangesAfterwards_areNotLoadedUnderTheOldKey() {
        shop.ofDraft(new Draft(1));
        await("a load in the background", () -> {
            Draft draft = new Draft(1);
            shop.ofDraft(draft);
            draft.setId(2);
            return events.all().contains("refresh aheadDraft FAILED");
        });
        assertThat(shop.ofDraft(new Draft(1)).id()).isEqualTo(1);
    }
}
