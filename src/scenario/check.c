/* SPDX-License-Identifier: Apache-2.0 */
/* What only the whole timeline shows. */
#include "run/dose.h"
#include "scenario/reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BOUTS = 200000 };
static const double SLACK = 1e-9;

/* One bout of what there is only one of at a time. */
typedef struct Bout {
    double from, to;
    const MlEvent *event;
} Bout;

static int by_time(const void *pa, const void *pb) {
    const Bout *a = pa, *b = pb;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    return (a->event->order > b->event->order) - (a->event->order < b->event->order);
}

/* Kinds of which no two go on at once. */
typedef bool (*Kind)(const MlEvent *e);

static bool is_exercise(const MlEvent *e) {
    return e->kind == ML_EVENT_EXERCISE && ml_event_has(e, ML_FIELD_FOR);
}

static bool is_dialysis(const MlEvent *e) {
    return (e->kind == ML_EVENT_DIALYSIS || e->kind == ML_EVENT_HEMOFILTRATION || e->kind == ML_EVENT_PERITONEAL_DIALYSIS) &&
           ml_event_has(e, ML_FIELD_FOR);
}

static bool is_exchange(const MlEvent *e) { return e->kind == ML_EVENT_PLASMA_EXCHANGE; }

static size_t list_bouts(const MlScenario *s, Kind is_kind, Bout *bout) {
    size_t n = 0;
    for (int i = 0; i < s->nevent; i++) {
        const MlEvent *e = &s->event[i];
        int count = is_kind(e) ? ml_event_count(e, s->duration) : 0;
        for (int k = 0; k < count && n < MAX_BOUTS; k++) {
            double from = ml_event_time(e, k);
            if (bout) bout[n] = (Bout){from, from + ml_event_length(e), e};
            n++;
        }
    }
    return n;
}

/* "line 12", "line 12 of other.yaml" as seen from a node. */
static const char *line_of(const MlNode *node, const MlNode *from, char *text, size_t size) {
    const bool here = strcmp(node->file, from->file) == 0;
    snprintf(text, size, "line %d%s%.150s", node->line, here ? "" : " of ", here ? "" : node->file);
    return text;
}

/* Two at once. Each entry is blamed once, by the list of issues. */
static void check_overlaps(const MlReader *r, const MlScenario *s, Kind is_kind) {
    size_t n = list_bouts(s, is_kind, NULL);
    if (n < 2) return;
    Bout *bout = malloc(n * sizeof *bout);
    if (!bout) {
        ml_issues_add(r->issues, MILIEU_NO_MEMORY, "timeline", 0, 0, "out of memory");
        return;
    }
    list_bouts(s, is_kind, bout);
    qsort(bout, n, sizeof *bout, by_time);
    for (size_t i = 1, last = 0; i < n; i++) {
        const MlNode *node = r->places->node[bout[i].event->order], *other = r->places->node[bout[last].event->order];
        const char *name = ml_event_row(bout[i].event->kind)->name;
        char place[200];
        const MlEventKind before = bout[last].event->kind;
        if (bout[i].from < bout[last].to - SLACK) {
            if (node == other)
                ml_node_error(r->issues, node, "%s: it lasts longer than the time between its repeats", name);
            else if (before == bout[i].event->kind)
                ml_node_error(r->issues, node, "%s: begins before that of %s has ended", name, line_of(other, node, place, sizeof place));
            else
                ml_node_error(r->issues, node, "%s: begins before the %s of %s has ended", name, ml_event_row(before)->name, line_of(other, node, place, sizeof place));
        }
        if (bout[i].to > bout[last].to) last = i;
    }
    free(bout);
}

static void check_times(const MlReader *r, const MlScenario *s) {
    for (int i = 0; i < s->nevent; i++) {
        const MlEvent *e = &s->event[i];
        if (e->at >= s->duration)
            ml_node_note(r->issues, r->places->node[e->order], "%s: begins when the run has ended",
                         ml_event_row(e->kind)->name);
    }
}

void ml_check_timeline(const MlReader *r, const MlScenario *s) {
    check_overlaps(r, s, is_exercise);
    check_overlaps(r, s, is_dialysis);
    check_overlaps(r, s, is_exchange);
    check_times(r, s);
}

void ml_check_doses(const MlReader *r, const MlScenario *s, const MlPerson *person) {
    const MlNames *names = r->names;
    if (!names || !names->products || !names->drugs || (names->mass_follows && isnan(s->person.mass))) return;
    for (int i = 0; i < s->nevent; i++) {
        const MlEvent *e = &s->event[i];
        milieu_error error;
        if (ml_dose_foresee(person, names->products, names->drugs, e, &error) != MILIEU_OK)
            ml_node_error(r->issues, r->places->node[e->order], "%s: %s: %s", ml_event_row(e->kind)->name, error.where, error.text);
    }
}
