package io.cacheaside.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShopConnectionTest {

    private final ScriptedShop shop = new ScriptedShop(version -> version);

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void oneConnection_carriesManyRequests() throws IOException {
        try (ShopConnection connection = ShopConnection.to(shop.port())) {
            assertThat(connection.page(1)).isEqualTo(1);
            assertThat(connection.changePrice(1, 1_999)).isEqualTo(2);
            assertThat(connection.page(1)).isEqualTo(2);
            assertThat(connection.figures()).isEqualTo(new Figures(10, 7, 9));
        }
    }

    @Test
    void errorAnswer_isAFailure() throws IOException {
        shop.fail();
        try (ShopConnection connection = ShopConnection.to(shop.port())) {
            assertThatThrownBy(() -> connection.page(1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("GET /api/products/1: HTTP/1.1 500");
        }
    }
}
