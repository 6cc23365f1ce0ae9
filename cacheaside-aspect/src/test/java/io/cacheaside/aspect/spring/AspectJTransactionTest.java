package io.cacheaside.aspect.spring;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.EnableAspectJAutoProxy;

/** The same where Spring sorts advice by AspectJ's rules, as Spring Boot does with aspectjweaver. */
class AspectJTransactionTest extends TransactionTest {

    @Override
    Class<?> configuration() {
        return WithAspectJ.class;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAspectJAutoProxy
    static class WithAspectJ extends TransactionTest.Application {}
}
