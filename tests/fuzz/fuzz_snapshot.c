/* SPDX-License-Identifier: Apache-2.0 */
/* Snapshots of a person, damaged: each is refused and leaves the person as they were. The input is taken as a
 * snapshot itself, then as places of a true one and what to write there. */
#include "milieu/milieu.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static milieu_person *person;
static uint8_t *whole, *damaged, *after;
static size_t length;

static void demand(int truth) {
    if (!truth) abort();
}

/* A person with a drink under way and another to come. */
static void prepare(void) {
    static milieu_model *model;
    milieu_scenario *scenario;
    milieu_event *drink;
    demand(!milieu_model_create(NULL, &model, NULL) && !milieu_scenario_create(model, &scenario, NULL));
    demand(!milieu_event_create(model, "drink", &drink, NULL) &&
           !milieu_event_word(drink, "what", "water", NULL) &&
           !milieu_event_number(drink, "amount", 500, "mL", NULL) &&
           !milieu_event_when(drink, 0, 30, 2, NULL) && !milieu_scenario_add(scenario, drink, NULL));
    demand(!milieu_person_create(model, scenario, &person, NULL) && !milieu_person_advance(person, 1, NULL));
    milieu_event_destroy(&drink);
    milieu_scenario_destroy(&scenario);
    length = milieu_person_snapshot_size(person);
    whole = malloc(length);
    damaged = malloc(length);
    after = malloc(length);
    demand(whole && damaged && after && !milieu_person_save(person, whole, length, NULL));
}

static void restore(const uint8_t *snapshot, size_t size) {
    milieu_error error;
    const int same = size == length && !memcmp(snapshot, whole, length);
    demand((milieu_person_restore(person, snapshot, size, &error) == MILIEU_OK) == same);
    demand(milieu_person_snapshot_size(person) == length &&
           !milieu_person_save(person, after, length, NULL) && !memcmp(after, whole, length));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!person) prepare();
    restore(data, size);
    memcpy(damaged, whole, length);
    for (size_t i = 0; i + 3 <= size; i += 3)
        damaged[(data[i] | (size_t)data[i + 1] << 8) % length] = data[i + 2];
    restore(damaged, length);
    return 0;
}
