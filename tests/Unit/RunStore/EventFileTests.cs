using System.Buffers.Binary;
using System.Text;
using Shouldly;
using TauPipeline.RunStore;
using Xunit;

namespace TauPipeline.Tests.Unit.RunStore;

/// <summary>Event files against the documented format of records and messages.</summary>
public sealed class EventFileTests
{
    // RFC 3720, appendix B.4; and the usual check value of the polynomial.
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0x8a9136aau)]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", 0x62a8ab43u)]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", 0x46dd794eu)]
    [InlineData("313233343536373839", 0xe3069283u)]
    [InlineData("", 0u)]
    public void The_checksum_is_that_of_Castagnoli(string hex, uint expected) =>
        RecordFile.Crc(Convert.FromHexString(hex)).ShouldBe(expected);

    // So begins every file that TensorFlow itself has written: a record of 24 bytes, its masked checksum, then the version.
    [Fact]
    public void It_begins_as_those_of_TensorFlow()
    {
        byte[] bytes = Write();

        Convert.ToHexStringLower(bytes[..12]).ShouldBe("1800000000000000a37f4b22");
        Encoding.ASCII.GetString(bytes[23..36]).ShouldBe("brain.Event:2");
    }

    [Fact]
    public void Numbers_are_read_back_with_time_step_and_name()
    {
        List<(double Time, long Step, string Tag, float Value)> events = Read(Write(
            ("loss", new MetricPoint(1_700_000_000_500, 0.25, 1)),
            ("batch/rate λ", new MetricPoint(1_700_000_001_000, double.NaN, 300)),
            ("loss", new MetricPoint(1_700_000_002_000, 1e-30, 4_000_000_000))));

        events.ShouldBe(
        [
            (1_700_000_000, 0, "", 0),
            (1_700_000_000.5, 1, "loss", 0.25f),
            (1_700_000_001, 300, "batch/rate λ", float.NaN),
            (1_700_000_002, 4_000_000_000, "loss", 1e-30f),
        ]);
    }

    [Fact]
    public void A_flipped_bit_is_seen_by_its_reader()
    {
        byte[] bytes = Write(("loss", new MetricPoint(0, 1, 1)));
        bytes[^8] ^= 4;

        Should.Throw<InvalidDataException>(() => Read(bytes));
    }

    private static byte[] Write(params (string Tag, MetricPoint Point)[] points)
    {
        var bytes = new MemoryStream();
        using (var events = new EventFile(bytes, 1_700_000_000_000))
            foreach ((string tag, MetricPoint point) in points) events.Add(tag, point);
        return bytes.ToArray();
    }

    // A reader of its own, with a checksum bit by bit: of our writer it shares nothing.
    private static List<(double Time, long Step, string Tag, float Value)> Read(byte[] bytes)
    {
        var events = new List<(double, long, string, float)>();
        for (int at = 0; at < bytes.Length;)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));
            Check(bytes.AsSpan(at, 8), bytes.AsSpan(at + 8));
            Check(bytes.AsSpan(at + 12, length), bytes.AsSpan(at + 12 + length));
            events.Add(Event(bytes.AsSpan(at + 12, length)));
            at += 16 + length;
        }
        return events;
    }

    private static (double Time, long Step, string Tag, float Value) Event(ReadOnlySpan<byte> message)
    {
        (double time, long step, string tag, float value) = (0, 0, "", 0);
        while (message.Length > 0)
            switch (message[0])
            {
                case 0x09: // 1: double wall_time
                    time = BinaryPrimitives.ReadDoubleLittleEndian(message[1..]);
                    message = message[9..];
                    break;
                case 0x10: // 2: int64 step
                    message = message[1..];
                    step = (long)Varint(ref message);
                    break;
                case 0x1a: // 3: string file_version
                    Field(ref message);
                    break;
                case 0x2a: // 5: Summary summary; in it 1: repeated Value value; in it 1: string tag, 2: float simple_value
                    ReadOnlySpan<byte> summary = Field(ref message), one = Field(ref summary);
                    tag = Encoding.UTF8.GetString(Field(ref one));
                    one[0].ShouldBe((byte)0x15);
                    value = BinaryPrimitives.ReadSingleLittleEndian(one[1..]);
                    one.Length.ShouldBe(5);
                    break;
                default:
                    throw new InvalidDataException($"field {message[0]:x}");
            }
        return (time, step, tag, value);
    }

    private static ReadOnlySpan<byte> Field(ref ReadOnlySpan<byte> message)
    {
        message = message[1..];
        int length = (int)Varint(ref message);
        ReadOnlySpan<byte> field = message[..length];
        message = message[length..];
        return field;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte one = message[0];
            message = message[1..];
            value |= (ulong)(one & 127) << shift;
            if (one < 128) return value;
        }
    }

    private static void Check(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> stated)
    {
        uint crc = ~0u;
        foreach (byte one in bytes)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? crc >> 1 ^ 0x82f63b78 : crc >> 1;
        }
        crc = ~crc;
        uint masked = unchecked((crc >> 15 | crc << 17) + 0xa282ead8);
        if (masked != BinaryPrimitives.ReadUInt32LittleEndian(stated)) throw new InvalidDataException("checksum");
    }
}
