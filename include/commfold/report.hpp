// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report.hpp
/// What a step communicates, for people and programs to read: every header of commfold/report.

#include <commfold/report/chrome_trace.hpp>
#include <commfold/report/csv_report.hpp>
#include <commfold/report/html_report.hpp>
#include <commfold/report/json_report.hpp>
#include <commfold/report/markdown_report.hpp>
#include <commfold/report/text_report.hpp>
