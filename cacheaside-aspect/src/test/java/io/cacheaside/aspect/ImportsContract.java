package io.cacheaside.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.aspect.shop.Events;
import io.cacheaside.aspect.shop.Imports;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Methods that remove all keys of a cache, the same for every way to advise the one service. */
abstract class ImportsContract {

    protected final Rows rows = new Rows();
    protected final Events events = new Events();
    private Imports shop;

    /** The service on {@link #rows}, advised, its client telling {@link #events}. */
    protected abstract Imports service();

    @BeforeEach
    void start() {
        shop = service();
        for (long id = 1; id <= 3; id++) {
            rows.put(new Product(id, "first", 1));
            shop.find(id);
        }
        shop.label("north");
    }

    private List<String> names() {
        return LongStream.rangeClosed(1, 3).mapToObj(id -> shop.find(id).name()).toList();
    }

    @Test
    void everyKeyOfTheCache_isGoneAfterwards() {
        shop.raise(1, 4);
        assertThat(names()).containsOnly("raised");
        assertThat(events.all()).contains("invalidated all of product").doesNotContain("invalidated product 3");
    }

    @Test
    void rememberedAbsence_isGoneToo() {
        assertThat(shop.find(7)).isNull();
        shop.raise(7, 8);
        assertThat(shop.find(7)).isNotNull();
    }

    @Test
    void otherCaches_stay() {
        int reads = rows.reads();
        shop.raise(1, 4);
        shop.label("north");
        assertThat(rows.reads()).isEqualTo(reads);
        assertThat(events.all()).endsWith("hit label");
    }

    @Test
    void methodThatThrows_hasRemovedThemAllTheSame() {
        assertThatThrownBy(() -> shop.raiseAndFail(1, 4)).hasMessage("after some rows");
        assertThat(names()).containsOnly("raised");
    }

    @Test
    void condition_isHonoured() {
        shop.raise(1, 4, true);
        assertThat(names()).containsOnly("first");
        shop.raise(1, 4, false);
        assertThat(names()).containsOnly("raised");
    }

    @Test
    void conditionOnTheResult_isHonoured() {
        rows.put(new Product(1, "unannounced", 1));
        assertThat(shop.raiseSome(4, 4)).isZero();
        assertThat(names()).containsOnly("first");
        assertThat(shop.raiseSome(2, 4)).isEqualTo(2);
        assertThat(names()).containsExactly("unannounced", "raised", "raised");
    }

    @Test
    void keysBesideIt_areRemovedToo() {
        int reads = rows.reads();
        shop.raiseIn("north", 1, 4);
        shop.label("north");
        assertThat(rows.reads()).isEqualTo(reads + 1);
        assertThat(names()).containsOnly("raised");
        assertThat(events.all()).containsSubsequence("invalidated label 1", "invalidated all of product");
    }
}
