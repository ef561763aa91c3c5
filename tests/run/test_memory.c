/* SPDX-License-Identifier: Apache-2.0 */
/* The caller's allocator: it gives all the memory, a shortage anywhere is an error and nothing more, and a
 * person who lives on asks for none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "milieu/milieu.h"

/* Counts, and fails at the call number `fail_at` and all later ones. */
typedef struct Counter {
    long calls, live, fail_at;
} Counter;

static void *allocate(void *self, size_t size) {
    Counter *c = self;
    if (++c->calls >= c->fail_at) return NULL;
    c->live++;
    void *memory = aligned_alloc(64, (size + 63) / 64 * 64);
    return memory ? memset(memory, 0xA5, size) : NULL; /* nothing may rely on zeros */
}

static void release(void *self, void *memory) {
    Counter *c = self;
    assert_non_null(memory);
    c->live--;
    free(memory);
}

static milieu_options counted(Counter *c, long fail_at) {
    *c = (Counter){.fail_at = fail_at};
    milieu_options options = milieu_options_default();
    options.allocator = (milieu_allocator){allocate, release, c};
    return options;
}

typedef struct Handles {
    milieu_model *model;
    milieu_scenario *scenario;
    milieu_event *event;
    milieu_result *result;
    milieu_person *person;
    void *snapshot;
} Handles;

static void destroy(Handles *h) {
    milieu_person_destroy(&h->person);
    milieu_result_destroy(&h->result);
    milieu_event_destroy(&h->event);
    milieu_scenario_destroy(&h->scenario);
    milieu_model_destroy(&h->model);
    free(h->snapshot);
}

static milieu_code save_and_restore(Handles *h, milieu_error *e) {
    const size_t size = milieu_person_snapshot_size(h->person);
    h->snapshot = malloc(size);
    assert_non_null(h->snapshot);
    milieu_code code = milieu_person_save(h->person, h->snapshot, size, e);
    return code ? code : milieu_person_restore(h->person, h->snapshot, size, e);
}

/* Everything that may take memory. */
static milieu_code use_all(Handles *h, const milieu_options *options, milieu_error *e) {
    if (milieu_model_create(options, &h->model, e) || milieu_scenario_create(h->model, &h->scenario, e) ||
        milieu_event_create(h->model, "drink", &h->event, e) ||
        milieu_event_word(h->event, "what", "water", e) ||
        milieu_event_number(h->event, "amount", 1, "L", e) || milieu_scenario_add(h->scenario, h->event, e) ||
        milieu_scenario_ask(h->scenario, "plasma_sodium", e) ||
        milieu_scenario_time(h->scenario, 480, 30, e) || milieu_run(h->model, h->scenario, &h->result, e) ||
        milieu_person_create(h->model, h->scenario, &h->person, e) ||
        milieu_person_apply(h->person, h->event, e) || milieu_person_advance(h->person, 20, e) ||
        save_and_restore(h, e))
        return e->code;
    return MILIEU_OK;
}

static void everything_is_given_back(void **state) {
    (void)state;
    Counter c;
    Handles h = {0};
    milieu_error e = {0};
    const milieu_options options = counted(&c, 1L << 60);
    if (use_all(&h, &options, &e)) fail_msg("%s: %s", e.where, e.text);
    assert_true(c.live > 50);
    destroy(&h);
    assert_int_equal(c.live, 0);
}

/* The n-th request fails, for every n. */
static void shortage_anywhere_is_an_error(void **state) {
    (void)state;
    Counter c;
    milieu_code code = MILIEU_NO_MEMORY;
    long n = 0;
    while (code != MILIEU_OK) {
        Handles h = {0};
        milieu_error e = {0};
        const milieu_options options = counted(&c, ++n);
        code = use_all(&h, &options, &e);
        if (code != MILIEU_OK && (code != MILIEU_NO_MEMORY || !e.where[0] || !strstr(e.text, "memory")))
            fail_msg("request %ld: code %d, \"%s: %s\"", n, (int)code, e.where, e.text);
        destroy(&h);
        if (c.live != 0) fail_msg("request %ld: %ld blocks are not given back", n, c.live);
    }
    assert_true(n > 100);
}

static void living_takes_none(void **state) {
    (void)state;
    Counter c;
    Handles h = {0};
    milieu_error e = {0};
    const milieu_options options = counted(&c, 1L << 60);
    if (use_all(&h, &options, &e)) fail_msg("%s: %s", e.where, e.text);
    const long before = c.calls;
    double sodium;
    if (milieu_person_advance(h.person, 3 * 1440, &e) ||
        milieu_person_get(h.person, "plasma_sodium", &sodium, &e))
        fail_msg("%s: %s", e.where, e.text);
    assert_int_equal(c.calls, before);
    destroy(&h);
}

static void lacking_function_is_refused(void **state) {
    (void)state;
    milieu_options options = milieu_options_default();
    options.allocator.release = NULL;
    milieu_model *model;
    assert_int_equal(milieu_model_create(&options, &model, NULL), MILIEU_BAD_INPUT);
    assert_null(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_given_back),
        cmocka_unit_test(shortage_anywhere_is_an_error),
        cmocka_unit_test(living_takes_none),
        cmocka_unit_test(lacking_function_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
