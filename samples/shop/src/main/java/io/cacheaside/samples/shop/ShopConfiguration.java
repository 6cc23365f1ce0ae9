package io.cacheaside.samples.shop;

import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonSettings;
import javax.sql.DataSource;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

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

    /** Of the cache and of the rate limit. Nothing waits for it: it connects when it is first used. */
    @Bean(destroyMethod = "shutdown")
    RedissonClient redisson(@Value("${cacheaside.redis.address:redis://localhost:6379}") String address) {
        return RedissonClients.create(RedissonSettings.of(address));
    }

    @Bean
    RateLimit rateLimit(RedissonClient redisson, ShopSettings settings) {
        return new RateLimit(redisson, settings.requestsPerSecond());
    }

    @Bean
    WebMvcConfigurer limits(RateLimit rateLimit) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(rateLimit).addPathPatterns("/api/**");
            }
        };
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
