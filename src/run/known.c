/* SPDX-License-Identifier: Apache-2.0 */
#include "run/known.h"

#include <pthread.h>
#include <string.h>

enum { PEOPLE = 64 };

typedef struct Acquaintance {
    bool taken;
    MlPerson asked, found;
    double state[ML_NSTATE];
} Acquaintance;

struct MlKnown {
    pthread_mutex_t lock;
    int next; /* whose place is taken next: the oldest */
    Acquaintance person[PEOPLE];
};

MlKnown *ml_known_create(const MlMemory *memory) {
    MlKnown *known = ml_new(memory, 1, sizeof *known);
    if (known) pthread_mutex_init(&known->lock, NULL);
    return known;
}

void ml_known_destroy(MlKnown **known) {
    if (*known) pthread_mutex_destroy(&(*known)->lock);
    ml_free(*known);
    *known = NULL;
}

/* Bytes are compared: padding can make one person two, never two one. */
static const Acquaintance *find(const MlKnown *known, const MlPerson *person) {
    for (int i = 0; i < PEOPLE; i++)
        if (known->person[i].taken && !memcmp(&known->person[i].asked, person, sizeof *person))
            return &known->person[i];
    return NULL;
}

bool ml_known_find(MlKnown *known, MlPerson *person, double *state) {
    pthread_mutex_lock(&known->lock);
    const Acquaintance *a = find(known, person);
    if (a) {
        *person = a->found;
        memcpy(state, a->state, sizeof a->state);
    }
    pthread_mutex_unlock(&known->lock);
    return a;
}

void ml_known_keep(MlKnown *known, const MlPerson *asked, const MlPerson *found, const double *state) {
    pthread_mutex_lock(&known->lock);
    Acquaintance *a = &known->person[known->next];
    known->next = (known->next + 1) % PEOPLE;
    a->taken = true;
    a->asked = *asked;
    a->found = *found;
    memcpy(a->state, state, sizeof a->state);
    pthread_mutex_unlock(&known->lock);
}
