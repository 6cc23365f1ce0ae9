package io.cacheaside.samples.shop;

import io.cacheaside.samples.shop.CacheFigures.Observed;
import java.math.BigDecimal;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The catalog over HTTP, in JSON. */
@RestController
@RequestMapping("/api")
class CatalogController {

    private final Catalog catalog;
    private final CacheFigures figures;
    private final StatementCount statements;

    CatalogController(Catalog catalog, CacheFigures figures, StatementCount statements) {
        this.catalog = catalog;
        this.figures = figures;
        this.statements = statements;
    }

    /** A page, where it came from and how long that took. */
    record PageAnswer(ProductPage page, CacheFigures.Origin origin, long micros) {}

    record NewPrice(BigDecimal price) {}

    /** What this instance has done since its start. */
    record FiguresAnswer(long reads, long hits, long statements) {}

    @GetMapping("/products/{id}")
    PageAnswer page(@PathVariable int id) {
        Observed<Optional<ProductPage>> read = figures.observe(() -> catalog.page(id));
        ProductPage page = read.value().orElseThrow(() -> new NoSuchProduct(id));
        return new PageAnswer(page, read.origin(), read.micros());
    }

    @PutMapping("/products/{id}/price")
    PriceChange changePrice(@PathVariable int id, @RequestBody NewPrice wanted) {
        BigDecimal price = wanted.price();
        if (price == null || price.signum() < 0 || price.scale() > 2 || price.precision() > 8) {
            throw new BadPrice(price);
        }
        return catalog.changePrice(id, price).orElseThrow(() -> new NoSuchProduct(id));
    }

    @GetMapping("/figures")
    FiguresAnswer figures() {
        return new FiguresAnswer(figures.reads(), figures.hits(), statements.sent());
    }
}
