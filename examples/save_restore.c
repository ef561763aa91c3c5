/* SPDX-License-Identifier: Apache-2.0 */
/* A person is saved in the middle of an infusion and restored into another; both live on to the same bits. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "milieu/milieu.h"

static int same_future(milieu_person *a, milieu_person *b, milieu_error *e) {
    double x, y;
    for (int hour = 2; hour <= 12; hour++)
        if (milieu_person_advance(a, 60 * hour, e) || milieu_person_advance(b, 60 * hour, e)) return -1;
    if (milieu_person_get(a, "plasma_sodium", &x, e) || milieu_person_get(b, "plasma_sodium", &y, e))
        return -1;
    printf("sodium %.17g and %.17g mmol/L\n", x, y);
    return memcmp(&x, &y, sizeof x) == 0;
}

int main(void) {
    milieu_error e = {0};
    milieu_model *model = NULL;
    milieu_scenario *scenario = NULL;
    milieu_event *saline = NULL;
    milieu_person *one = NULL, *other = NULL;
    void *snapshot = NULL;
    int failed = milieu_model_create(NULL, &model, &e) || milieu_scenario_create(model, &scenario, &e) ||
                 milieu_event_create(model, "infuse", &saline, &e) ||
                 milieu_event_word(saline, "what", "saline-3%", &e) ||
                 milieu_event_number(saline, "amount", 0.5, "L", &e) ||
                 milieu_event_number(saline, "over", 3, "h", &e) ||
                 milieu_person_create(model, scenario, &one, &e) ||
                 milieu_person_create(model, scenario, &other, &e) || milieu_person_apply(one, saline, &e) ||
                 milieu_person_advance(one, 60, &e);
    if (!failed) {
        const size_t size = milieu_person_snapshot_size(one);
        snapshot = malloc(size);
        failed = !snapshot || milieu_person_save(one, snapshot, size, &e) ||
                 milieu_person_restore(other, snapshot, size, &e) || same_future(one, other, &e) != 1;
    }
    if (failed) fprintf(stderr, "%s: %s\n", e.where, e.text);
    free(snapshot);
    milieu_person_destroy(&other);
    milieu_person_destroy(&one);
    milieu_event_destroy(&saline);
    milieu_scenario_destroy(&scenario);
    milieu_model_destroy(&model);
    return failed;
}
