// SPDX-License-Identifier: BSL-1.0
#pragma once
// Names that programs have at namespace scope before they include our headers. g++ warns of a parameter, a variable or a lambda's capture
// in a header that shadows one of them.
// NOLINTBEGIN

[[maybe_unused]] static int
    // clang-format off
    a, add, after, all, alternative, any, arg, args, argument, arguments, at, b, batch, before, begin, bias, bits, body, budget,
    buffer, bytes, c, call, callback, calls, capacity, cases, cell, cells, check, child, children, choice, chunk, chunks, comm,
    cond, config, copy, count, counts, current, cut, d, data, depth, digits, dim, dims, dp, dst, dtype, e, each, element, elements,
    empty, end, entries, entry, equal, error, event, events, every, extent, extents, f, field, fields, file, filter, first, fits,
    flag, flags, fn, fold, follower, format, found, from, full, func, g, get, given, greater, group, group_size, h, half, has, hash,
    height, here, i, id, ids, idx, in, inner, input, is, it, item, items, iter, j, joined, k, key, keys, kind, kinds, known, l,
    lambda, largest, last, layer, layers, leading, leaf, least, leaves, ledger, left, len, length, less, level, limit, limits, line,
    list, lists, m, make, map, mask, member, members, mesh, message, message_bytes, mode, model, more, most, move, n, name, names,
    next, no, node, none, now, number, numel, o, of, off, offset, ok, on, one, op, option, options, other, others, out, outer,
    output, owner, p, part, parts, path, peer, phase, piece, pieces, pointer, pos, position, positions, pp, prev, print, product,
    ptr, put, q, r, range, rank, ranks, record, records, reference, report, res, rest, result, results, ret, right, room, root, row,
    rows, rule, rules, s, same, scale, scan, self, separator, set, shape, shard, shards, shift, sink, size, sizes, slot, slots,
    smallest, some, source, splits, src, start, state, status, step, storage, strides, structure, sum, swap, t, table, tag, tags,
    target, temp, tensor, tensors, term, terms, test, text, that, there, title, to, total, totals, tp, traffic, tree, two, type,
    types, u, unit, units, unknown, used, v, val, value, values, verb, visit, w, walk, wanted, weigh, weight, weights, what, whole,
    why, width, work, works, world, x, y, yes, z;
// clang-format on

// NOLINTEND
