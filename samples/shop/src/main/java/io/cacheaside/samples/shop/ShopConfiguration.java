package io.cacheaside.samples.shop;

import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The shop's figures and its data. */
@Configuration(proxyBeanMethods = false)
class ShopConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ShopConfiguration.class);

    @Bean
    static StatementCount statementCount() {
        return new StatementCount();
    }

    @Bean
    CacheFigures cacheFigures() {
        return new CacheFigures();
    }

    /** Fills an empty database before the first request, and says what a page costs there. */
    @Bean
    InitializingBean sampleData(
            DataSource database,
            ProductTable products,
            ReviewTable reviews,
            ShopSettings settings,
            StatementCount statements) {
        return () -> {
            if (settings.data().createIn(database, reviewsSoFar -> log(reviewsSoFar, settings.reviews()))) {
                log.info("{}", PageCost.measure(products, reviews, settings.products()));
            }
            statements.reset();
        };
    }

    private static void log(int reviewsSoFar, int all) {
        if (reviewsSoFar % 200_000 == 0 || reviewsSoFar == all) {
            log.info("Filling the database: {} of {} reviews", reviewsSoFar, all);
        }
    }
}
