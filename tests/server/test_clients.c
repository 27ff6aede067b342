/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who asks, as told by its socket or by a proxy, and how often it may. */
#include "search/server/clients.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>

#include "tests/search/run_suite.h"

static const struct {
    const char *value, *name; /* NULL: no address */
    bool local;
} FORWARDED[] = {
    { "192.0.2.7", "192.0.2.7", false },
    { "192.0.2.7:8080", "192.0.2.7", false },
    { " 2001:db8::1 ", "2001:db8::1", false },
    { "[2001:DB8::1]", "2001:db8::1", false },
    { "[2001:db8::1]:443", "2001:db8::1", false },
    { "::ffff:192.0.2.7", "192.0.2.7", false },
    { "127.0.0.1", "127.0.0.1", true },
    { "127.9.9.9", "127.9.9.9", true },
    { "::1", "::1", true },
    /* the last one is what our proxy saw */
    { "10.0.0.1, 192.0.2.7", "192.0.2.7", false },
    { "evil, , 192.0.2.7", "192.0.2.7", false },
    { "192.0.2.7, evil", NULL, false },
    { "192.0.2.7,", NULL, false },
    { "", NULL, false },
    { "unknown", NULL, false },
    { "_hidden", NULL, false },
    { "1.2.3", NULL, false },
    { "1.2.3.4.5", NULL, false },
    { "[", NULL, false },
    { "[]", NULL, false },
    { "[::1", "::1", true },
    { ":", NULL, false },
    { "::::", NULL, false },
    { "999999999999999999999999999999999999999999999999999999999", NULL, false },
};

START_TEST(a_proxy_says_who_its_client_is)
{
    struct client client;
    bool found = client_forwarded(text_of(FORWARDED[_i].value), &client);
    ck_assert_msg(found == (FORWARDED[_i].name != NULL), "%s", FORWARDED[_i].value);
    if (!found)
        return;
    ck_assert_str_eq(client.name, FORWARDED[_i].name);
    ck_assert_int_eq(client.local, FORWARDED[_i].local);
}
END_TEST

static struct client named(const char *name)
{
    struct client client;
    ck_assert_msg(client_parse(text_of(name), &client), "%s", name);
    return client;
}

START_TEST(an_address_is_the_same_however_it_comes)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
    struct client from_v4, from_v6, unknown;
    inet_pton(AF_INET, "192.0.2.7", &v4.sin_addr);
    inet_pton(AF_INET6, "::ffff:192.0.2.7", &v6.sin6_addr);
    client_of_address((const struct sockaddr *)(const void *)&v4, &from_v4);
    client_of_address((const struct sockaddr *)(const void *)&v6, &from_v6);
    client_of_address(NULL, &unknown);
    ck_assert_uint_eq(from_v4.key, from_v6.key);
    ck_assert_uint_eq(from_v4.key, named("192.0.2.7").key);
    ck_assert_str_eq(from_v6.name, "192.0.2.7");
    ck_assert_str_eq(unknown.name, "-");
    ck_assert_uint_ne(unknown.key, from_v4.key);
    ck_assert(!unknown.local);
}
END_TEST

START_TEST(the_addresses_of_one_customer_are_one_client)
{
    ck_assert_uint_eq(named("2001:db8:1:2::1").key, named("2001:db8:1:2:ffff::9").key);
    ck_assert_uint_ne(named("2001:db8:1:2::1").key, named("2001:db8:1:3::1").key);
    ck_assert_uint_ne(named("192.0.2.1").key, named("192.0.2.2").key);
}
END_TEST

static struct clients clients;

static size_t take(const struct client *client, long long now_us, size_t times)
{
    size_t taken = 0;
    long long wait;
    for (size_t i = 0; i < times; i++)
        taken += clients_take(&clients, client, now_us, &wait);
    return taken;
}

START_TEST(a_client_has_a_burst_and_then_its_rate)
{
    const long long SECOND = 1000000;
    const struct client one = named("192.0.2.1"), other = named("192.0.2.2");
    long long now = 77 * SECOND, wait = 0;
    clients = (struct clients) { .rate = 5, .burst = 20 };
    ck_assert_uint_eq(take(&one, now, 100), 20);
    ck_assert_uint_eq(take(&other, now, 100), 20); /* each its own */
    ck_assert(!clients_take(&clients, &one, now, &wait));
    ck_assert_int_ge(wait, 199000);
    ck_assert_int_le(wait, 200001);
    ck_assert(clients_take(&clients, &one, now + wait, &wait)); /* as it was told */
    ck_assert_uint_eq(take(&one, now + SECOND, 100), 4);
    ck_assert_uint_eq(take(&one, now + 2 * SECOND, 100), 5);
    ck_assert_uint_eq(take(&one, now + 60 * SECOND, 100), 20); /* no more than the burst */
}
END_TEST

START_TEST(no_rate_is_any_number)
{
    const struct client one = named("192.0.2.1");
    clients = (struct clients) { .rate = 0, .burst = 1 };
    ck_assert_uint_eq(take(&one, 1, 1000), 1000);
}
END_TEST

/* Whoever has many addresses does not free one that asks too much, nor lock out all others. */
START_TEST(a_hundred_thousand_clients_fit_in)
{
    const struct client greedy = named("192.0.2.1");
    size_t let_in = 0;
    clients = (struct clients) { .rate = 1, .burst = 50 };
    ck_assert_uint_eq(take(&greedy, 1, 50), 50);
    for (uint32_t i = 0; i < 100000; i++) {
        char name[40];
        snprintf(name, sizeof(name), "2001:db8:%x:%x::1", i >> 8, i & 0xff);
        const struct client client = named(name);
        let_in += take(&client, 1, 1);
    }
    ck_assert_uint_eq(take(&greedy, 1, 50), 0);
    ck_assert_uint_eq(let_in, 100000);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("clients");
    tcase_add_loop_test(tests, a_proxy_says_who_its_client_is, 0, COUNT_OF(FORWARDED));
    tcase_add_test(tests, an_address_is_the_same_however_it_comes);
    tcase_add_test(tests, the_addresses_of_one_customer_are_one_client);
    tcase_add_test(tests, a_client_has_a_burst_and_then_its_rate);
    tcase_add_test(tests, no_rate_is_any_number);
    tcase_add_test(tests, a_hundred_thousand_clients_fit_in);
    return run_tests("clients", tests);
}
