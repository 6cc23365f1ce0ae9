package io.cacheaside.samples.plainshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test has products of its own. */
class WovenCatalogTest {

    private static WovenShop shop;
    private static Catalog catalog;
    private static Origins origins;

    @BeforeAll
    static void open() throws IOException, SQLException {
        shop = WovenShop.open("woven");
        catalog = shop.catalog();
        origins = shop.origins();
    }

    @AfterAll
    static void close() throws IOException {
        shop.close();
    }

    @BeforeEach
    void forget() {
        origins.look();
    }

    @Test
    void secondRead_comesFromTheCache() throws SQLException {
        catalog.product(1);

        assertThat(catalog.product(1)).isPresent();
        assertThat(origins.look().fromDatabase()).isEqualTo(1);
    }

    @Test
    void callOfTheObjectItself_isCached() throws SQLException {
        BigDecimal first = catalog.total(2, 3);

        assertThat(catalog.total(2, 3)).isEqualByComparingTo(first);
        assertThat(origins.look().fromDatabase()).isEqualTo(2);
    }

    @Test
    void privateMethod_isCached() throws SQLException {
        catalog.product(4);
        catalog.label(4);
        origins.look();

        assertThat(catalog.label(4)).matches(".* No\\. 4, \\d\\.\\d of 5");
        assertThat(origins.look().fromDatabase()).isZero();
    }

    @Test
    void changedPrice_isReadNext() throws SQLException {
        catalog.product(5);

        catalog.changePrice(5, new BigDecimal("1.23"));

        assertThat(catalog.product(5).orElseThrow().price()).isEqualByComparingTo("1.23");
        assertThat(origins.look().fromDatabase()).isEqualTo(2);
    }

    @Test
    void unknownProduct_isRemembered() throws SQLException {
        catalog.product(12_345);

        assertThat(catalog.product(12_345)).isEmpty();
        assertThat(origins.look().fromDatabase()).isEqualTo(1);
    }
}
