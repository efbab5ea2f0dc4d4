using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TauPipeline.Tensors;

/// <summary>Pickle, protocol 2 (PEP 307), of one value: an ordered dictionary of tensors as <c>torch.save</c> pickles it.</summary>
internal sealed class PickleWriter
{
    private readonly ArrayBufferWriter<byte> _to = new();

    /// <summary>The k-th tensor's values are named as storage <c>k</c>.</summary>
    public static byte[] Dictionary(IReadOnlyList<StoredTensor> tensors)
    {
        var writer = new PickleWriter();
        writer.Op(Pickle.Protocol).Op(2).EmptyOrderedDictionary().Op(Pickle.Mark);
        for (int key = 0; key < tensors.Count; key++) writer.Text(tensors[key].Name).Tensor(tensors[key], key);
        writer.Op(Pickle.SetItems).Op(Pickle.Stop);
        return writer._to.WrittenSpan.ToArray();
    }

    private PickleWriter Tensor(StoredTensor tensor, int key)
    {
        long count = tensor.Shape.Aggregate(1L, (product, size) => product * size);
        Global("torch._utils", "_rebuild_tensor_v2").Op(Pickle.Mark);
        Op(Pickle.Mark)
            .Text("storage")
            .Global("torch", Pickle.StorageOf(tensor.Type))
            .Text($"{key}")
            .Text("cpu")
            .Integer(count)
            .Op(Pickle.Tuple)
            .Op(Pickle.PersistentId);
        Integer(0).Integers(tensor.Shape).Integers(Pickle.Strides(tensor.Shape)).Op(Pickle.False).EmptyOrderedDictionary();
        return Op(Pickle.Tuple).Op(Pickle.Reduce);
    }

    private PickleWriter EmptyOrderedDictionary() => Global("collections", "OrderedDict").Op(Pickle.EmptyTuple).Op(Pickle.Reduce);

    private PickleWriter Integers(IReadOnlyList<long> values)
    {
        Op(Pickle.Mark);
        foreach (long value in values) Integer(value);
        return Op(Pickle.Tuple);
    }

    private PickleWriter Integer(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        if (value == (int)value) Op(Pickle.Int32)._to.Write(bytes[..4]);
        else Op(Pickle.Long).Op(8)._to.Write(bytes);
        return this;
    }

    private PickleWriter Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        Op(Pickle.Unicode)._to.Write(length);
        _to.Write(utf8);
        return this;
    }

    private PickleWriter Global(string module, string name)
    {
        Op(Pickle.Global)._to.Write(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));
        return this;
    }

    private PickleWriter Op(byte code)
    {
        _to.Write([code]);
        return this;
    }
}
