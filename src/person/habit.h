/* SPDX-License-Identifier: Apache-2.0 */
/* The ordinary day: when food and drink are taken, and in what shares. */
#ifndef ML_PERSON_HABIT_H
#define ML_PERSON_HABIT_H

typedef struct MlHabit {
    double clock;       /* min after midnight */
    double minutes;     /* how long it takes */
    double food, drink; /* shares of the day's food and of its drinks */
    const char *name;
} MlHabit;

extern const MlHabit ml_habits[];
extern const int ml_nhabit;

#endif
