using System.Buffers.Binary;
using System.Text;

using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary>
/// Reads the pickle of a dictionary of tensors. It knows the few opcodes and the three constructors that torch uses for
/// that, and refuses everything else: unlike Python's it can run no code.
/// </summary>
internal sealed class PickleReader(byte[] bytes, Func<string, byte[]> storage)
{
    private static readonly object s_mark = new(), s_none = new();

    private readonly Stack<object> _stack = new();
    private readonly Dictionary<int, object> _memo = [];
    private int _at;

    private sealed record Name(string Text);
    private sealed record Storage(ScalarType Type, string Key);
    private sealed class Items : List<(object Key, object Value)>;

    /// <summary>The tensors of the dictionary, in its order.</summary>
    public IReadOnlyList<StoredTensor> Tensors()
    {
        for (byte code; (code = Byte()) != Pickle.Stop;) Run(code);
        return [.. As<Items>(Pop()).Select(item => As<StoredTensor>(item.Value) with { Name = As<string>(item.Key) })];
    }

    private void Run(byte code)
    {
        switch (code)
        {
            case Pickle.Protocol: Byte(); break;
            case Pickle.Mark: _stack.Push(s_mark); break;
            case Pickle.None: _stack.Push(s_none); break;
            case Pickle.True or Pickle.False: _stack.Push(code == Pickle.True); break;
            case Pickle.Int8: _stack.Push((long)Byte()); break;
            case Pickle.Int16: _stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case Pickle.Int32: _stack.Push((long)Int32()); break;
            case Pickle.Long: _stack.Push(Long(Take(Byte()))); break;
            case Pickle.Unicode: _stack.Push(Encoding.UTF8.GetString(Take(Int32()))); break;
            case Pickle.Global: _stack.Push(new Name($"{Line()}.{Line()}")); break;
            case Pickle.EmptyTuple: _stack.Push(Array.Empty<object>()); break;
            case Pickle.Tuple1 or Pickle.Tuple2 or Pickle.Tuple3: _stack.Push(Top(code - Pickle.Tuple1 + 1)); break;
            case Pickle.Tuple: _stack.Push(ToMark()); break;
            case Pickle.EmptyDictionary or Pickle.EmptyList: _stack.Push(new Items()); break;
            case Pickle.SetItem: SetItems(Top(2)); break;
            case Pickle.SetItems: SetItems(ToMark()); break;
            case Pickle.Put: _memo[Byte()] = Peek(); break;
            case Pickle.LongPut: _memo[Int32()] = Peek(); break;
            case Pickle.Get: _stack.Push(Remembered(Byte())); break;
            case Pickle.LongGet: _stack.Push(Remembered(Int32())); break;
            case Pickle.PersistentId: _stack.Push(ToStorage(As<object[]>(Pop()))); break;
            case Pickle.Reduce: Reduce(As<object[]>(Pop())); break;
            case Pickle.Build: Pop(); break;    // attributes of a state_dict, say its _metadata: not part of its items
            default: throw TensorErrors.NotACheckpoint($"pickle opcode 0x{code:x2} at byte {_at - 1}");
        }
    }

    private void Reduce(object[] arguments) => _stack.Push((As<Name>(Pop()).Text, arguments.Length) switch
    {
        ("collections.OrderedDict", 0) => new Items(),
        ("torch._utils._rebuild_tensor_v2", >= 4) => ToTensor(
            As<Storage>(arguments[0]),
            As<long>(arguments[1]),
            Longs(arguments[2]),
            Longs(arguments[3])),
        ("torch._utils._rebuild_parameter", >= 1) => As<StoredTensor>(arguments[0]),
        (string other, int count) => throw TensorErrors.NotACheckpoint($"a call of {other} with {count} arguments"),
    });

    private StoredTensor ToTensor(Storage from, long offset, long[] shape, long[] strides)
    {
        byte[] values = storage(from.Key);
        long size = StoredTensor.SizeOf(from.Type), count = shape.Any(length => length < 0) ? -1 : 1;
        foreach (long length in shape) count = length == 0 ? 0 : count > values.LongLength / length ? -1 : count * length;
        if (count < 0 || offset < 0 || offset > values.LongLength / size || count > values.LongLength / size - offset)
            throw TensorErrors.NotACheckpoint(
                $"a tensor [{string.Join(", ", shape)}] from value {offset} of a storage of {values.Length} bytes");
        if (count > 0 && !IsRowMajor(shape, strides))
            throw TensorErrors.NotACheckpoint(
                $"a tensor [{string.Join(", ", shape)}] with strides [{string.Join(", ", strides)}], not row-major");
        return new("", from.Type, shape, values.AsMemory((int)(offset * size), (int)(count * size)));
    }

    // The stride along a dimension of length one is never used, and torch writes what it likes there.
    private static bool IsRowMajor(long[] shape, long[] strides) =>
        shape.Length == strides.Length && Pickle.Strides(shape).Zip(strides, shape).All(d => d.First == d.Second || d.Third == 1);

    private static Storage ToStorage(object[] id)
    {
        if (id.Length < 5 || As<string>(id[0]) != "storage" || As<string>(id[3]) != "cpu")
            throw TensorErrors.NotACheckpoint("a storage that does not lie in main memory");
        string type = As<Name>(id[1]).Text;
        foreach (ScalarType known in (ScalarType[])[ScalarType.Float32, ScalarType.Int64])
            if (type == "torch." + Pickle.StorageOf(known)) return new(known, As<string>(id[2]));
        throw TensorErrors.NotACheckpoint($"a storage of type {type}");
    }

    private void SetItems(object[] pairs)
    {
        if (pairs.Length % 2 != 0) throw TensorErrors.NotACheckpoint("a key without a value");
        Items items = As<Items>(Peek());
        for (int i = 0; i < pairs.Length; i += 2) items.Add((pairs[i], pairs[i + 1]));
    }

    private object[] ToMark()
    {
        int count = 0;
        foreach (object value in _stack)
        {
            if (ReferenceEquals(value, s_mark)) { object[] values = Top(count); Pop(); return values; }
            count++;
        }
        throw TensorErrors.NotACheckpoint("pickle without the mark it goes back to");
    }

    private object[] Top(int count)
    {
        var values = new object[count];
        for (int i = count - 1; i >= 0; i--) values[i] = Pop();
        return values;
    }

    private object Pop() =>
        _stack.TryPop(out object? value) ? value : throw TensorErrors.NotACheckpoint("pickle that takes more than it has put");
    private object Peek() => _stack.TryPeek(out object? value) ? value : throw TensorErrors.NotACheckpoint("pickle that looks at nothing");
    private object Remembered(int key) =>
        _memo.TryGetValue(key, out object? value) ? value : throw TensorErrors.NotACheckpoint($"pickle without memo {key}");

    private static T As<T>(object value) =>
        value is T right ? right : throw TensorErrors.NotACheckpoint($"{value.GetType().Name} in place of {typeof(T).Name}");
    private static long[] Longs(object tuple) => [.. As<object[]>(tuple).Select(As<long>)];

    private byte Byte() => Take(1)[0];
    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private static long Long(ReadOnlySpan<byte> digits)
    {
        if (digits.Length > 8) throw TensorErrors.NotACheckpoint($"an integer of {digits.Length} bytes");
        Span<byte> whole = stackalloc byte[8];
        whole.Fill(digits.Length > 0 && digits[^1] >= 0x80 ? (byte)0xff : (byte)0);
        digits.CopyTo(whole);
        return BinaryPrimitives.ReadInt64LittleEndian(whole);
    }

    private string Line()
    {
        int length = bytes.AsSpan(_at).IndexOf((byte)'\n');
        if (length < 0) throw TensorErrors.NotACheckpoint("pickle that ends within a name");
        string line = Encoding.UTF8.GetString(Take(length));
        Take(1);
        return line;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > bytes.Length - _at)
            throw TensorErrors.NotACheckpoint($"pickle of {bytes.Length} bytes that asks for {count} at {_at}");
        _at += count;
        return bytes.AsSpan(_at - count, count);
    }
}
