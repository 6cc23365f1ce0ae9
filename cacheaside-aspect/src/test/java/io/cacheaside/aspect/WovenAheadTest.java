package io.cacheaside.aspect;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Ahead;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Passed;
import io.cacheaside.aspect.shop.Weaver;
import io.cacheaside.aspect.weave.CacheAsideWeaving;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WovenAheadTest extends AheadContract {

    private final CacheAsideClient client = Clients.inMemory(events);
    private final CacheAsideWeaving weaving = CacheAsideWeaving.bind(client);

    @Override
    protected Ahead service() {
        return (Ahead) Weaver.wovenService("AheadService", rows);
    }

    @BeforeEach
    void forget() {
        Passed.forget();
    }

    @AfterEach
    void unbind() {
        weaving.close();
        client.close();
    }

    /** What an advised method's join point knows of its nested advice is kept by thread. */
    @Test
    void otherAdviceOfTheMethod_isRepeatedWhereItIsInsideOfOurs() {
        String caller = Thread.currentThread().getName().replaceAll("-\\d+$", "");
        shop.find(1);
        assertThat(Passed.all()).containsExactly("outside on " + caller, "inside on " + caller);
        Passed.forget();
        await("a load in the background", () -> {
            shop.find(1);
            return events.all().contains("refresh ahead STORED");
        });
        assertThat(rows.reads()).isGreaterThanOrEqualTo(2);
        assertThat(Passed.all())
                .contains("outside on " + caller, "inside on cacheaside-refresh")
                .doesNotContain("outside on cacheaside-refresh", "inside on " + caller);
    }
}
