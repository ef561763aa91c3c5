/* SPDX-License-Identifier: Apache-2.0 */
/* A person stepped minute by minute, as a simulator with its own clock would, with events as they come: half
 * a liter of blood is lost, and when the pressure has fallen someone gives saline. */
#include <stdio.h>

#include "milieu/milieu.h"

static milieu_code event(const milieu_model *model, const char *kind, const char *what, double liters,
                         double minutes, milieu_event **out, milieu_error *e) {
    if (milieu_event_create(model, kind, out, e) || (what && milieu_event_word(*out, "what", what, e)) ||
        milieu_event_number(*out, "amount", liters, "L", e) ||
        milieu_event_number(*out, "over", minutes, "min", e))
        return e->code;
    return MILIEU_OK;
}

static int live(milieu_person *person, const milieu_event *bleeding, const milieu_event *saline,
                milieu_error *e) {
    int given = 0;
    for (int minute = 0; minute < 120; minute++) {
        double volume, pressure;
        if (minute == 10 && milieu_person_apply(person, bleeding, e)) return 1;
        if (milieu_person_advance(person, minute + 1, e) ||
            milieu_person_get(person, "plasma_volume", &volume, e) ||
            milieu_person_get(person, "mean_arterial_pressure", &pressure, e))
            return 1;
        if (!given && pressure < 80 && minute > 10) {
            printf("%3d min  pressure %.0f mmHg: saline begins\n", minute + 1, pressure);
            if (milieu_person_apply(person, saline, e)) return 1;
            given = 1;
        }
        if (minute % 10 == 9)
            printf("%3d min  plasma %.2f L  pressure %.0f mmHg\n", minute + 1, volume, pressure);
    }
    return 0;
}

int main(void) {
    milieu_error e = {0};
    milieu_model *model = NULL;
    milieu_scenario *scenario = NULL;
    milieu_event *bleeding = NULL, *saline = NULL;
    milieu_person *person = NULL;
    int failed = milieu_model_create(NULL, &model, &e) || milieu_scenario_create(model, &scenario, &e) ||
                 milieu_scenario_habits(scenario, "none", "none", &e) ||
                 event(model, "bleed", NULL, 1.5, 20, &bleeding, &e) ||
                 event(model, "infuse", "saline-0.9%", 2.0, 30, &saline, &e) ||
                 milieu_person_create(model, scenario, &person, &e) || live(person, bleeding, saline, &e);
    if (failed) fprintf(stderr, "%s: %s\n", e.where, e.text);
    milieu_person_destroy(&person);
    milieu_event_destroy(&saline);
    milieu_event_destroy(&bleeding);
    milieu_scenario_destroy(&scenario);
    milieu_model_destroy(&model);
    return failed;
}
