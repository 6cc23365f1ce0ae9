package io.cacheaside.samples.plainshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cache and transactions of plain JDBC. Each test has products of its own. */
class UnitsOfWorkTest {

    private static final BigDecimal OLD = new BigDecimal("5.00");
    private static final BigDecimal NEW = new BigDecimal("6.00");

    private static WovenShop shop;
    private static Catalog catalog;

    @BeforeAll
    static void open() throws IOException, SQLException {
        shop = WovenShop.open("units");
        catalog = shop.catalog();
    }

    @AfterAll
    static void close() throws IOException {
        shop.close();
    }

    @BeforeEach
    void forget() {
        shop.origins().look();
    }

    private static BigDecimal price(int id) throws SQLException {
        return catalog.product(id).orElseThrow().price();
    }

    private static BigDecimal priceElsewhere(int id) {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return price(id);
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                })
                .orTimeout(15, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void unit_readsItsOwnRowsAndOthersTheCommittedOnes() throws SQLException {
        catalog.changePrice(20, OLD);
        assertThat(price(20)).isEqualTo(OLD);
        shop.work().together(connection -> {
            catalog.changePrice(20, NEW);
            assertThat(price(20)).as("its own").isEqualTo(NEW);
            assertThat(priceElsewhere(20)).as("from the cache").isEqualTo(OLD);
            return connection;
        });
        assertThat(price(20)).isEqualTo(NEW);
        assertThat(priceElsewhere(20)).isEqualTo(NEW);
    }

    @Test
    void severalPrices_areNewTogether() throws SQLException {
        catalog.total(21, 22);
        catalog.changePrices(Map.of(21, NEW, 22, NEW));
        assertThat(catalog.total(21, 22)).isEqualTo("12.00");
    }

    @Test
    void rollback_removesNothing() throws SQLException {
        catalog.changePrice(23, OLD);
        price(23);
        shop.origins().look();
        assertThatThrownBy(() -> shop.work().together(connection -> {
                    catalog.changePrice(23, NEW);
                    throw new SQLException("no");
                }))
                .hasMessage("no");
        assertThat(price(23)).isEqualTo(OLD);
        assertThat(shop.origins().look().fromCache()).isEqualTo(1);
    }

    @Test
    void missInsideAUnit_isNotStored() throws SQLException {
        shop.work().together(connection -> price(24));
        price(24);
        assertThat(shop.origins().look().fromDatabase()).isEqualTo(2);
        shop.work().together(connection -> price(24));
        assertThat(shop.origins().look().fromCache()).as("a hit is a hit").isEqualTo(1);
    }

    @Test
    void unitInsideAnother_endsWithIt() throws SQLException {
        catalog.changePrice(25, OLD);
        assertThatThrownBy(() -> shop.work().together(connection -> {
                    catalog.changePrices(Map.of(25, NEW));
                    throw new SQLException("no");
                }))
                .hasMessage("no");
        assertThat(price(25)).isEqualTo(OLD);
    }
}
