package io.cacheaside.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.aspect.shop.Batches;
import io.cacheaside.aspect.shop.Events;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Methods with {@code @Each}, the same for every way to advise the one service. */
abstract class BatchesContract {

    private static final Product LAMP = new Product(1, "lamp", 10);
    private static final Product DESK = new Product(2, "desk", 200);
    private static final Product SOFA = new Product(3, "sofa", 300);

    protected final Rows rows = new Rows();
    protected final Events events = new Events();
    private Batches shop;

    /** The service on {@link #rows}, advised, its client telling {@link #events}. */
    protected abstract Batches service();

    @BeforeEach
    void start() {
        shop = service();
        List.of(LAMP, DESK, SOFA).forEach(rows::put);
    }

    @Test
    void map_hasTheElementsThatThereAre_inTheOrderOfTheRequest() {
        for (int i = 0; i < 2; i++) {
            assertThat(shop.findAll(List.of(3L, 9L, 1L))).containsExactly(Map.entry(3L, SOFA), Map.entry(1L, LAMP));
        }
        assertThat(rows.calls()).containsExactly(List.of(3L, 9L, 1L));
    }

    @Test
    void list_hasOneValueForEachElement_duplicatesToo() {
        for (int i = 0; i < 2; i++) {
            assertThat(shop.list(List.of(3L, 1L, 9L, 3L))).containsExactly(SOFA, LAMP, null, SOFA);
        }
        assertThat(rows.calls()).containsExactly(List.of(3L, 1L, 9L));
    }

    @Test
    void entries_areSharedWithTheMethodOfOneElement() {
        shop.find(2);
        assertThat(shop.findAll(List.of(1L, 2L, 3L))).hasSize(3);
        assertThat(shop.list(List.of(1L, 2L, 3L))).containsExactly(LAMP, DESK, SOFA);
        assertThat(shop.find(3)).isEqualTo(SOFA);
        assertThat(rows.calls()).containsExactly(List.of(1L, 3L));
        assertThat(events.all())
                .startsWith("miss product", "miss product", "hit product", "miss product")
                .endsWith("hit product", "hit product", "hit product", "hit product");
    }

    @Test
    void emptyCollection_isAnsweredWithoutACall() {
        assertThat(shop.findAll(List.of())).isEmpty();
        assertThat(shop.list(List.of())).isEmpty();
        assertThat(rows.calls()).isEmpty();
        assertThat(events.all()).isEmpty();
    }

    @Test
    void nullCollection_runsTheMethod() {
        assertThat(shop.findAll(null)).isEmpty();
        assertThat(events.all()).containsExactly("bypass product KEY");
    }

    @Test
    void nullElement_isLoadedUncached() {
        for (int i = 0; i < 2; i++) {
            assertThat(shop.findAll(Arrays.asList(1L, null))).containsExactly(Map.entry(1L, LAMP));
        }
        assertThat(rows.calls()).containsExactly(List.of(1L), Arrays.asList((Long) null), Arrays.asList((Long) null));
    }

    @Test
    void otherArguments_arePassedOnAndPartOfTheKey() {
        for (int i = 0; i < 2; i++) {
            assertThat(shop.ofShop("a", Set.of(1L))).containsExactly(Map.entry(1L, LAMP));
            assertThat(shop.ofShop("b", Set.of(1L))).containsExactly(Map.entry(1L, LAMP));
        }
        assertThat(rows.calls()).containsExactly(List.of(1L), List.of(1L));
    }

    @Test
    void listThatIsTooShort_isRefusedWithTheMethodAndTheCounts() {
        assertThat(shop.tooShort(List.of(1L, 2L))).containsExactly(LAMP, DESK);
        assertThatThrownBy(() -> shop.tooShort(List.of(1L, 3L, 9L)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith(
                        ".tooShort(List) returned 1 values for 2 elements, so nobody knows whose they are:"
                                + " return one value for each element, in their order and null where there is none, or a Map");
        assertThat(shop.tooShort(List.of(3L))).containsExactly(SOFA);
    }

    @Test
    void foreignKeysOfAMap_areIgnored() {
        assertThat(shop.tooMany(List.of(1L))).containsExactly(Map.entry(1L, LAMP));
        assertThat(shop.tooMany(List.of(99L))).containsExactly(Map.entry(99L, new Product(99, "foreign", 1)));
        assertThat(rows.calls()).as("nothing was stored of it").hasSize(2);
    }

    @Test
    void absenceBesideForeignKeys_isNotRemembered() {
        for (int i = 0; i < 2; i++) {
            assertThat(shop.tooMany(List.of(1L, 9L))).containsExactly(Map.entry(1L, LAMP));
        }
        assertThat(rows.calls()).containsExactly(List.of(1L, 9L), List.of(9L));
    }

    @Test
    void unlessAndOwnTtl_areAskedForEachElement() {
        for (int i = 0; i < 2; i++) {
            assertThat(shop.dear(List.of(1L, 2L, 3L))).hasSize(3);
        }
        assertThat(rows.calls()).containsExactly(List.of(1L, 2L, 3L), List.of(1L, 3L));
    }

    @Test
    void falseCondition_runsTheMethodForAll() {
        for (int i = 0; i < 2; i++) {
            assertThat(shop.ifFew(List.of(1L, 2L, 3L))).hasSize(3);
            assertThat(shop.ifFew(List.of(1L, 2L))).hasSize(2);
        }
        assertThat(rows.calls()).containsExactly(List.of(1L, 2L, 3L), List.of(1L, 2L), List.of(1L, 2L, 3L));
    }

    @Test
    void write_invalidatesEachElement() {
        shop.list(List.of(1L, 2L, 3L));
        Product cheaper = new Product(1, "lamp", 9);
        Product dearer = new Product(3, "sofa", 400);
        shop.save(List.of(cheaper, dearer));
        assertThat(shop.list(List.of(1L, 2L, 3L))).containsExactly(cheaper, DESK, dearer);
        assertThat(rows.calls()).containsExactly(List.of(1L, 2L, 3L), List.of(1L, 3L));
        assertThat(events.all()).contains("invalidated product 2");
    }

    @Test
    void nullElementOfAWrite_isSkippedAndCounted_andTheOthersAreNot() {
        shop.find(1);
        shop.save(Arrays.asList(null, new Product(1, "lamp", 9)));
        assertThat(shop.find(1)).isEqualTo(new Product(1, "lamp", 9));
        assertThat(events.all()).contains("skipped product", "invalidated product 1");
    }

    @Test
    void emptyWrite_invalidatesNothing() {
        shop.save(List.of());
        assertThat(events.all()).isEmpty();
    }

    @Test
    void collectionThatChangesDuringTheWrite_isInvalidatedAsItWas() {
        shop.find(1);
        shop.saveAndClear(new ArrayList<>(List.of(new Product(1, "lamp", 9))));
        assertThat(shop.find(1)).isEqualTo(new Product(1, "lamp", 9));
    }

    private void awaitEvents(String... expected) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!events.all().containsAll(List.of(expected))) {
            assertThat(System.nanoTime())
                    .as("%s among %s", List.of(expected), events.all())
                    .isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void writeInTheBackground_invalidatesEachElement_butWhatIsInvalidatedAtOnceOnlyOnce() {
        shop.list(List.of(1L, 2L, 3L));
        Product cheaper = new Product(1, "lamp", 9);
        Product dearer = new Product(3, "sofa", 400);
        Product other = new Product(2, "desk", 199);
        shop.saveLater(cheaper, Arrays.asList(dearer, null, cheaper, other));
        assertThat(shop.find(1)).as("at once").isEqualTo(cheaper);
        awaitEvents("invalidated product 1", "invalidated product 2");
        assertThat(shop.list(List.of(1L, 2L, 3L))).containsExactly(cheaper, other, dearer);
        assertThat(events.all()).containsOnlyOnce("skipped product");
    }

    @Test
    void writeInTheBackground_knowsTheElementsOfItsEntryAndOfItsEnd() {
        shop.list(List.of(1L, 2L, 3L));
        Product cheaper = new Product(1, "lamp", 9);
        Product other = new Product(2, "desk", 199);
        shop.saveLaterAndClear(new ArrayList<>(List.of(cheaper, other)));
        awaitEvents("invalidated product 3");
        assertThat(shop.list(List.of(1L, 2L, 3L))).containsExactly(cheaper, other, new Product(3, "sofa", 301));
    }

    @Test
    void writeInTheBackgroundThatThrows_invalidatesAllTheSame() {
        shop.list(List.of(1L));
        Product cheaper = new Product(1, "lamp", 9);
        assertThatThrownBy(() -> shop.saveLaterAndFail(List.of(cheaper))).hasMessage("saved all the same");
        awaitEvents("invalidated product 1");
        assertThat(shop.find(1)).isEqualTo(cheaper);
    }
}
