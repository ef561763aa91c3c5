/* SPDX-License-Identifier: Apache-2.0 */
/* The timeline: a list of entries, each with its time, its repeats and its event. */
#include "scenario/reader.h"

#include <string.h>

enum { MAX_REPEATS = 100000, MAX_EVENTS = 20000 };
static const double SHORTEST = 0.01; /* min */

static const char *const ENTRY_KEYS[] = {"at", "every", "until", "times"};
enum { NENTRY_KEY = sizeof ENTRY_KEYS / sizeof *ENTRY_KEYS };

static bool is_entry_key(const char *key) {
    for (int i = 0; i < NENTRY_KEY; i++)
        if (strcmp(ENTRY_KEYS[i], key) == 0) return true;
    return false;
}

static void unknown_event(const MlReader *r, const MlNode *key) {
    const char *names[ML_NEVENT + NENTRY_KEY];
    size_t n = 0;
    for (int i = 0; i < ML_NEVENT; i++)
        names[n++] = ml_event_row(i)->name;
    for (int i = 0; i < NENTRY_KEY; i++) names[n++] = ENTRY_KEYS[i];
    ml_unknown_key(r->issues, key, "timeline", names, n);
}

/* Reads at, every, until, times. */
static void read_times(const MlReader *r, const MlNode *entry, MlEvent *e) {
    const MlNode *at = ml_node_get(entry, "at"), *every = ml_node_get(entry, "every");
    const MlNode *until = ml_node_get(entry, "until"), *times = ml_node_get(entry, "times");
    if (!at)
        ml_node_error(r->issues, entry, "timeline: the entry has no 'at'");
    else
        ml_read_time(r->issues, at, "at", ML_EARLIEST, ML_LATEST, &e->at);
    if (every) ml_read_time(r->issues, every, "every", SHORTEST, ML_LATEST, &e->every);
    if (until && until->kind == ML_MAPPING)
        ml_node_error(r->issues, until,
                      "until: a loss ends an exercise or heat and stands inside it; a time belongs here");
    else if (until)
        ml_read_time(r->issues, until, "until", ML_EARLIEST, ML_LATEST, &e->until);
    if (times) ml_read_integer(r->issues, times, "times", 1, MAX_REPEATS, &e->times);
    if (every && !until && !times)
        ml_node_error(r->issues, every, "every: say how long with 'until', or how often with 'times'");
    if (!every && (until || times))
        ml_node_error(r->issues, until ? until : times, "%s: goes with 'every'", until ? "until" : "times");
    if (until && at && e->until < e->at)
        ml_node_error(r->issues, until, "until: lies before the 'at' of the entry");
    if (every && until && (e->until - e->at) / e->every > MAX_REPEATS)
        ml_node_error(r->issues, every, "every: more than %d repeats", MAX_REPEATS);
}

static void read_entry(const MlReader *r, const MlNode *entry, MlScenario *scenario) {
    MlEvent when;
    int nevent = 0, nunknown = 0;
    if (!ml_expect_mapping(r->issues, entry, "timeline")) return;
    ml_event_init(&when, ML_EVENT_DRINK);
    read_times(r, entry, &when);
    for (int i = 0; i < entry->n; i++) {
        const MlNode *key = entry->key[i];
        if (is_entry_key(key->text)) continue;
        int kind = ml_event_find(key->text);
        nunknown += kind < 0;
        nevent += kind >= 0;
        if (kind < 0) {
            unknown_event(r, key);
        } else {
            MlEvent e = when;
            e.kind = (MlEventKind)kind;
            ml_read_event(r, entry->item[i], &e, scenario);
        }
    }
    if (nevent + nunknown == 0) ml_node_error(r->issues, entry, "timeline: the entry has no event");
}

void ml_read_timeline(const MlReader *r, const MlNode *node, MlScenario *scenario) {
    if (ml_node_is_null(node) || !ml_expect_list(r->issues, node, "timeline")) return;
    for (int i = 0; i < node->n; i++) {
        if (scenario->nevent >= MAX_EVENTS) {
            ml_node_error(r->issues, node->item[i], "timeline: more than %d events", MAX_EVENTS);
            return;
        }
        read_entry(r, node->item[i], scenario);
    }
}
