/* SPDX-License-Identifier: Apache-2.0 */
#include "person/habit.h"

/* Meals at 07:30, 12:30 and 18:30 with a quarter, a third and the rest of the energy, of the order of
 * surveys (Almoosawi, Proc Nutr Soc 2016;75:487); drinks with meals and between (Bellisle, Eur J Clin Nutr
 * 2010;64:350). */
const MlHabit ml_habits[] = {
    {7.5 * 60, 20, 0.25, 0.18, "breakfast"}, {10.0 * 60, 10, 0.0, 0.12, "a drink"},
    {12.5 * 60, 25, 0.35, 0.22, "lunch"},    {15.5 * 60, 10, 0.0, 0.14, "a drink"},
    {18.5 * 60, 25, 0.40, 0.22, "supper"},   {21.0 * 60, 10, 0.0, 0.12, "a drink"},
};
const int ml_nhabit = sizeof ml_habits / sizeof ml_habits[0];
