package dev.procession.plugin.sort.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.procession.plugin.sort.Heap;
import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransliteratedNamesTest {
    private final TransliteratedNames rule = new TransliteratedNames();

    /** The samples that the resolution gives for each letter, and those of its notes. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            Алушта, Alushta
            Андрій, Andrii
            Борщагівка, Borshchahivka
            Борисенко, Borysenko
            Вінниця, Vinnytsia
            Володимир, Volodymyr
            Гадяч, Hadiach
            Богдан, Bohdan
            Згурський, Zghurskyi
            Ґалаґан, Galagan
            Ґорґани, Gorgany
            Донецьк, Donetsk
            Дмитро, Dmytro
            Рівне, Rivne
            Олег, Oleh
            Есмань, Esman
            Єнакієве, Yenakiieve
            Гаєвич, Haievych
            Короп'є, Koropie
            Житомир, Zhytomyr
            Жанна, Zhanna
            Жежелів, Zhezheliv
            Закарпаття, Zakarpattia
            Казимирчук, Kazymyrchuk
            Медвин, Medvyn
            Михайленко, Mykhailenko
            Іванків, Ivankiv
            Іващенко, Ivashchenko
            Їжакевич, Yizhakevych
            Кадиївка, Kadyivka
            Мар'їне, Marine
            Йосипівка, Yosypivka
            Стрий, Stryi
            Олексій, Oleksii
            Київ, Kyiv
            Коваленко, Kovalenko
            Лебедин, Lebedyn
            Леонід, Leonid
            Миколаїв, Mykolaiv
            Маринич, Marynych
            Ніжин, Nizhyn
            Наталія, Nataliia
            Одеса, Odesa
            Онищенко, Onyshchenko
            Полтава, Poltava
            Петро, Petro
            Решетилівка, Reshetylivka
            Рибчинський, Rybchynskyi
            Суми, Sumy
            Соломія, Solomiia
            Тернопіль, Ternopil
            Троць, Trots
            Ужгород, Uzhhorod
            Уляна, Uliana
            Фастів, Fastiv
            Філіпчук, Filipchuk
            Харків, Kharkiv
            Христина, Khrystyna
            Біла Церква, Bila Tserkva
            Стеценко, Stetsenko
            Чернівці, Chernivtsi
            Шевченко, Shevchenko
            Шостка, Shostka
            Кишеньки, Kyshenky
            Щербухи, Shcherbukhy
            Гоща, Hoshcha
            Гаращенко, Harashchenko
            Юрій, Yurii
            Корюківка, Koriukivka
            Яготин, Yahotyn
            Ярошенко, Yaroshenko
            Костянтин, Kostiantyn
            Знам'янка, Znamianka
            Феодосія, Feodosiia
            Згорани, Zghorany
            Розгон, Rozghon
            """)
    void latin_officialSample_isAsTheStandardHasIt(String ukrainian, String latin) {
        assertEquals(latin, rule.latin(ukrainian));
    }

    @Test
    void latin_capitals_areCapitalsOnlyAmongCapitals() {
        assertEquals("SHCHO Ye. Ye i Shcho", rule.latin("ЩО Є. Є і Що"));
        assertEquals("ZGHURSKYI KYIV", rule.latin("ЗГУРСЬКИЙ КИЇВ"));
        assertEquals("KOSHCH", rule.latin("КОЩ"));
    }

    @Test
    void latin_beginningOfAWord_isWhereNoLetterIsBefore() {
        assertEquals("moia_yalynka-yizhak(yunist)2yama", rule.latin("моя_ялинка-їжак(юність)2яма"));
        // A stress mark and an apostrophe end no word, whichever apostrophe it is.
        assertEquals("za\u0301iats pamiat pamiat", rule.latin("за\u0301яць пам\u02bcять пам\u2019ять"));
    }

    @Test
    void latin_decomposedLetters_areTheSameLetters() {
        assertEquals("Kyivskyi yizhak", rule.latin(Normalizer.normalize("Київський їжак", Normalizer.Form.NFD)));
    }

    @Test
    void latin_otherAlphabetsAndQuotes_stay() {
        assertEquals("don't, l'été, ελ, 'Kyiv'", rule.latin("don't, l'été, ελ, 'Київ'"));
    }

    @Test
    void apply_nothingLeft_hasAStandIn() {
        assertEquals("_", rule.apply(Heap.utf8("ь")));
        assertEquals("_.txt", rule.apply(Heap.utf8("ь.txt")));
        assertEquals(".bashrc", rule.apply(".bashrc"));
        assertEquals("zaproshennia.TKHT", rule.apply(Heap.utf8("запрошення.ТХТ")));
    }

    @Test
    void apply_noUtf8_staysByteForByte() {
        String name = "caf\u00e9.txt";
        assertSame(name, rule.apply(name));
    }

    @Test
    void apply_tooLongAfterwards_losesTheEndOfItsStem() {
        // 127 letters of two bytes, of four letters each in Latin.
        String name = rule.apply(Heap.utf8("щ".repeat(125) + ".txt"));
        assertEquals(255, name.length());
        assertEquals("shchshch", name.substring(0, 8));
        assertEquals(".txt", name.substring(251));
    }
}
