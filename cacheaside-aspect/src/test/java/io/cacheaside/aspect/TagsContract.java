package io.cacheaside.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.aspect.shop.Events;
import io.cacheaside.aspect.shop.Product;
import io.cacheaside.aspect.shop.Rows;
import io.cacheaside.aspect.shop.Tagged;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads with tags and writes that invalidate tags, the same for every way to advise the one service. */
abstract class TagsContract {

    protected final Rows rows = new Rows();
    protected final Events events = new Events();
    private Tagged shop;

    /** The service on {@link #rows}, advised, its client telling {@link #events}. */
    protected abstract Tagged service();

    @BeforeEach
    void start() {
        shop = service();
        shop.save(new Product(1, "one", 1));
        shop.save(new Product(2, "two", 1));
        read("one", "two");
    }

    /** Reads everything there is of both products. */
    private void read(String one, String two) {
        assertThat(shop.find(1)).extracting(Product::name).isEqualTo(one);
        assertThat(shop.page(1, "en")).endsWith("en " + one);
        assertThat(shop.page(1, "de")).endsWith("de " + one);
        assertThat(shop.page(2, "en")).endsWith("en " + two);
    }

    @Test
    void entriesWithTags_areHit() {
        int reads = rows.reads();
        read("one", "two");
        assertThat(rows.reads()).isEqualTo(reads);
    }

    @Test
    void writeOfATag_removesItsEntriesOfAllCachesAndNoOthers() {
        shop.save(new Product(1, "new", 1));
        int reads = rows.reads();
        shop.page(2, "en");
        assertThat(rows.reads()).isEqualTo(reads);
        read("new", "two");
    }

    @Test
    void rememberedAbsence_isGoneToo() {
        assertThat(shop.find(3)).isNull();
        shop.save(new Product(3, "three", 1));
        assertThat(shop.find(3)).isNotNull();
    }

    @Test
    void methodThatThrows_hasRemovedThemAllTheSame() {
        assertThatThrownBy(() -> shop.saveAndFail(new Product(1, "new", 1))).hasMessage("after the row");
        read("new", "two");
    }

    @Test
    void tagOfTheResult_isRemoved() {
        shop.rename(1, "new");
        read("new", "two");
    }

    @Test
    void tagOfEachElement_isRemoved() {
        shop.saveAll(List.of(new Product(1, "uno", 1), new Product(2, "due", 1)));
        read("uno", "due");
    }

    @Test
    void elementsOfABatch_haveTheirTags() {
        assertThat(shop.pages(List.of(1L, 2L, 3L), "fr"))
                .containsExactly("plain fr one", "plain fr two", "plain fr nothing");
        shop.save(new Product(3, "three", 1));
        int reads = rows.reads();
        assertThat(shop.pages(List.of(1L, 2L, 3L), "fr"))
                .containsExactly("plain fr one", "plain fr two", "plain fr three");
        assertThat(rows.reads()).isEqualTo(reads + 1);
        assertThat(shop.page(3, "fr")).isEqualTo("plain fr three");
        assertThat(rows.reads()).isEqualTo(reads + 1);
    }

    @Test
    void conditionOfTheWrite_isHonoured() {
        shop.layout("bold", false);
        assertThat(shop.page(1, "en")).startsWith("plain");
        shop.layout("bold", true);
        assertThat(shop.page(1, "en")).startsWith("bold");
        assertThat(shop.page(2, "en")).startsWith("bold");
    }
}
